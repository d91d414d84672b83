"""What people read: written in English where it is said, in other languages in one catalogue each (`de.po`)."""
