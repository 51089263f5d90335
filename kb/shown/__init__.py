"""What an event or a name shows, and why: chosen by stated rules from what articles tell, a human’s word first."""
