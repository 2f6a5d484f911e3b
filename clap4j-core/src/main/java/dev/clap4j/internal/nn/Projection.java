package dev.clap4j.internal.nn;

/** The last layer of a tower, from its width to that of the features. */
public enum Projection {
    /** None: the features are as wide as the tower. */
    NONE,
    /** A matrix {@code proj}, {@code [width, embedDim]}. */
    MATRIX,
    /** A matrix and a bias {@code proj_bias}, {@code [embedDim]}. */
    BIASED;

    /** Maps {@code [..., width]} to {@code [..., embedDim]}. */
    <T> T forward(TensorOps<T> ops, Weights<T> w, T x) {
        if (this == NONE) {
            return x;
        }
        T product = ops.matmul(x, w.get("proj"));
        return this == BIASED ? ops.add(product, w.get("proj_bias")) : product;
    }

    /** Adds the tensors. */
    Shapes addTo(Shapes shapes, int width, int embedDim) {
        if (this != NONE) {
            shapes.with("proj", width, embedDim);
        }
        return this == BIASED ? shapes.with("proj_bias", embedDim) : shapes;
    }
}
