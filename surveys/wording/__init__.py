"""Rules about words: what makes a question hard to read, leading, or two questions in one."""
