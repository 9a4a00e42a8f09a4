"""Pure rules about jobs: the types we serve ourselves, outcomes, back-off."""
