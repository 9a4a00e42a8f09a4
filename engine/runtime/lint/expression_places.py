"""Where a model holds expressions, and whether ``=`` is asked for there."""

from __future__ import annotations

from engine.runtime.lint.names import words

TIMERS = {"timeDate": "date", "timeDuration": "duration", "timeCycle": "cycle"}

# Their text is FEEL, with or without "=".
ELEMENTS = words(
    "conditionExpression condition loopCondition loopCardinality completionCondition "
    "activationCondition script formalExpression transformation from messagePath dataPath"
)
# FEEL when it begins with "=", text otherwise.
MAYBE = words(
    "assignmentDefinition@assignee assignmentDefinition@candidateGroups "
    "assignmentDefinition@candidateUsers taskSchedule@dueDate taskSchedule@followUpDate "
    "priorityDefinition@priority jobPriorityDefinition@priority formDefinition@formId "
    "formDefinition@formKey formDefinition@externalReference taskDefinition@type "
    "taskDefinition@retries executionListener@type executionListener@retries "
    "taskListener@type taskListener@retries input@source output@source calledElement@processId "
    "calledDecision@decisionId publishMessage@messageId publishMessage@timeToLive "
    "publishMessage@correlationKey subscription@correlationKey message@name signal@name"
)
# FEEL with "=" or the model means something else than it says.
MUST = words(
    "loopCharacteristics@inputCollection loopCharacteristics@outputElement "
    "adHoc@activeElementsCollection adHoc@outputElement script@expression"
)
STATIC_DATES = words("taskSchedule@dueDate taskSchedule@followUpDate")
