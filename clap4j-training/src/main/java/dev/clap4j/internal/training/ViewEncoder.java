package dev.clap4j.internal.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import java.util.List;

/** A frozen image encoder, as seen by Im.Aug. The same list of views gives bit-identical features. */
public interface ViewEncoder {
    /** Returns the dimension D of the features. */
    int embedDim();

    /**
     * Returns the features of images and views, not normalised.
     *
     * @param steps advanced after every batch by its number of views
     * @return {@code [n, embedDim]}, in the order of the views
     * @throws dev.clap4j.ClapException if an image cannot be decoded
     */
    FeatureMatrix encode(List<ImageView> views, Steps steps);
}
