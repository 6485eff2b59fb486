"""What a principal can hand to staff: the released figures of a round on paper and in a workbook."""
