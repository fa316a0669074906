"""A questionnaire on paper: what is printed, and the code by which each page is known again."""
