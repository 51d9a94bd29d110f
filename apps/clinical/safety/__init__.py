"""Safety rules between medicines, and between a medicine and the patient.

This is not a complete interaction database. When nothing fires, the answer is "no rule fired", never "safe". Every rule
is to be reviewed by a pharmacist.
"""
