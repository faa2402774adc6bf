"""Card testing on our form: stopped within twenty tries, whoever tries; and nobody who gives is shut out."""
