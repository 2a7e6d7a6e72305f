"""The whole form, with the questions of the areas whose files the portal brings."""

from portal.areas.loading import load_areas

FORM = load_areas().form
QUESTIONS, STEPS = FORM.questions, FORM.steps
