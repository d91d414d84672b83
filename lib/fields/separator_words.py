"""What people call the signs that part the names in a cell: one of them, several, and putting one between names."""

from lib.words.say import later

ONE = {
    ";": later("the semicolon"),
    "|": later("the vertical bar"),
    "\n": later("the line break"),
    ",": later("the comma"),
}
SEVERAL = {
    ";": later("semicolons"),
    "|": later("vertical bars"),
    "\n": later("line breaks"),
    ",": later("commas"),
}
ANY = later("separators")
PUT_BETWEEN = {
    ";": later("Put a semicolon between the names"),
    "|": later("Put a vertical bar between the names"),
    "\n": later("Put a line break between the names"),
    ",": later("Put a comma between the names"),
}
