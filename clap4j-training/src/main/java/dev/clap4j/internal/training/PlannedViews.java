package dev.clap4j.internal.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The images and views of one step of Im.Aug.
 *
 * @param images the images of the batch
 * @param views a view of each image
 * @param fresh whether the views are used in this step only
 */
record PlannedViews(List<ImageView> images, List<ImageView> views, boolean fresh)
        implements PlannedBatch<ImageView, ImageView> {

    @Override
    public List<ImageView> lasting() {
        List<ImageView> all = new ArrayList<>(images);
        if (!fresh) {
            all.addAll(views);
        }
        return all;
    }

    @Override
    public List<ImageView> passing() {
        return fresh ? views : List.of();
    }

    /** Returns the features of the images, then of the views. */
    @Override
    public List<float[]> rows(Map<ImageView, float[]> lasting, List<float[]> passing) {
        List<float[]> rows = new ArrayList<>();
        images.forEach(image -> rows.add(lasting.get(image)));
        rows.addAll(passing);
        if (!fresh) {
            views.forEach(view -> rows.add(lasting.get(view)));
        }
        return rows;
    }
}
