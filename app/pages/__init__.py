"""The pages that put several rooms together: the way in, a receipt, and an officer's overview."""
