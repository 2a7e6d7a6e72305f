"""The form: one question a page, from before you start to sent."""
