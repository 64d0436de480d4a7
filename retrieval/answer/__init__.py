"""From the hits of a search to an answer: candidates, features, the judge, the decision, the composition."""
