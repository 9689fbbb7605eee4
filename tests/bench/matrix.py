"""matrix.py: the reference for whole matrices: reads one that is ready, as square rows of 32 bits, and solves it with SciPy. Prints pairs and total."""

import math
import sys

import numpy
from scipy.optimize import linear_sum_assignment

cells = numpy.fromfile(sys.argv[1], dtype=numpy.int32)
n = math.isqrt(len(cells))
matrix = cells.reshape(n, n)
rows, columns = linear_sum_assignment(matrix, maximize=True)
print(len(rows), matrix[rows, columns].sum())
