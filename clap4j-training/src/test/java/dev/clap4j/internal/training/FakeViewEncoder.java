package dev.clap4j.internal.training;

import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.run.Steps;
import dev.clap4j.internal.run.Streams;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.ImAugOptions;
import dev.clap4j.training.PromptedImages;
import dev.clap4j.training.Schedule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** An encoder without a model: a feature is a random vector of the image and, of a view, another one on top. */
final class FakeViewEncoder implements ViewEncoder {
    static final int DIM = 16;
    private static final int BATCH = 10;
    private static final Streams STREAMS = new Streams(1);

    final List<ImageView> encoded = new ArrayList<>();

    @Override
    public int embedDim() {
        return DIM;
    }

    @Override
    public FeatureMatrix encode(List<ImageView> views, Steps steps) {
        for (int i = 0; i < views.size(); i += BATCH) {
            steps.advance(Math.min(BATCH, views.size() - i));
        }
        encoded.addAll(views);
        return FeatureMatrix.ofRows(
                views.stream().map(ImageView::toString).toList(),
                DIM,
                views.stream().map(FakeViewEncoder::feature).toList());
    }

    static float[] feature(ImageView view) {
        RandomGenerator ofImage = STREAMS.get(view.image(), 0);
        RandomGenerator ofView = STREAMS.get("view " + view.image(), view.number());
        float[] feature = new float[DIM];
        for (int i = 0; i < DIM; i++) {
            feature[i] = (float) (ofImage.nextGaussian() + (view.isPlain() ? 0 : ofView.nextGaussian()));
        }
        return feature;
    }

    /** Three classes of twelve prompts, every third of which has two images; they are not on the disk. */
    static PromptedImages images(Path folder) {
        List<String> classes = List.of("cat", "dog", "house");
        List<PromptedImages.Prompt> prompts = classes.stream()
                .flatMap(name -> IntStream.range(0, 12)
                        .mapToObj(i -> new PromptedImages.Prompt(
                                name,
                                i % 3 == 0
                                        ? List.of(name + "/" + i + "/0.png", name + "/" + i + "/1.png")
                                        : List.of(name + "/" + i + "/0.png"))))
                .toList();
        return new PromptedImages(folder, classes, prompts);
    }

    /** Options for which a whole run takes a moment. */
    static ImAugOptions options() {
        return ImAugOptions.like(Defaults.forClasses(List.of("cat", "dog", "house"), DIM)
                .withSchedule(new Schedule(60, 20, 5, 0.01))
                .withSeed(3));
    }
}
