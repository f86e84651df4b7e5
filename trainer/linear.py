"""The linear floor: hashed word 1-2-grams and character 3-4-grams under logistic regression.

It has two jobs: the report's bottom row, which any neural model must clearly beat, and picking, for a long training
text, the window that most deserves attention (multiple-instance learning with a cheap first guess).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier

__all__ = ["Linear"]

HEAD = 4_000  # characters of a text that are read


class Linear:
    def __init__(self, seed: int = 0) -> None:
        options = {"n_features": 2**20, "alternate_sign": False, "norm": "l2", "lowercase": True}
        self.words = HashingVectorizer(ngram_range=(1, 2), **options)
        self.characters = HashingVectorizer(analyzer="char_wb", ngram_range=(3, 4), **options)
        self.model = SGDClassifier(loss="log_loss", alpha=1e-6, max_iter=8, tol=None, class_weight="balanced",
                                   random_state=seed)  # fmt: skip

    def fit(self, texts: Sequence[str], labels: Sequence[int]) -> Linear:
        self.model.fit(self.read(texts), np.asarray(labels))
        return self

    def score(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Log-odds (N,) that each text is an attack."""
        return np.asarray(self.model.decision_function(self.read(texts)))

    def read(self, texts: Sequence[str]) -> csr_matrix:
        texts = [text[:HEAD] for text in texts]
        return hstack([self.words.transform(texts), self.characters.transform(texts)]).tocsr()
