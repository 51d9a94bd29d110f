"""Reads any table (CSV, TSV, XLSX) once somebody has said what its columns mean."""
