"""Postcodes: are they usable, and in which council may they lie?"""
