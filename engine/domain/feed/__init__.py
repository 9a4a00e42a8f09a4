"""Events as others see them: CloudEvents with schemas, read by a cursor or sent to webhooks."""
