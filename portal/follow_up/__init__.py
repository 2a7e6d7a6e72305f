"""Those who come back with a code: where it stands, messages, news, taking consent back."""
