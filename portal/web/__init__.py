"""Pages: the public blueprint, the staff blueprint, forms, headers and errors."""
