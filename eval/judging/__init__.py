"""Learning the judge of answers from question sets, and judging it on documents that it has not learned from."""
