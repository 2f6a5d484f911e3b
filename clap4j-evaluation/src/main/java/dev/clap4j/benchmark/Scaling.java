package dev.clap4j.benchmark;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.clip.ImageEncoder;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.plot.Axis;
import dev.clap4j.plot.Figure;
import dev.clap4j.plot.LinePanel;
import dev.clap4j.plot.Series;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.training.Preset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Encoding time by number of images and by number of texts.
 *
 * @param machine the machine
 * @param model the model
 * @param images seconds by the number of images
 * @param texts seconds by the number of classes times prompts
 */
public record Scaling(Benchmark.Machine machine, String model, List<Point> images, List<Point> texts) {
    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8, 16);
    private static final List<Integer> CLASSES = List.of(1, 5, 10, 20, 40);
    private static final int BATCH = 8;

    /** Makes the lists unmodifiable. */
    public Scaling {
        images = List.copyOf(images);
        texts = List.copyOf(texts);
    }

    /**
     * One measurement.
     *
     * @param count the number encoded
     * @param seconds the median of at least three runs
     */
    public record Point(int count, double seconds) {}

    /**
     * Measures the scaling.
     *
     * @param seconds the approximate time to repeat each point
     * @param begun receives the name of each job before it starts
     */
    public static Scaling measure(Checkpoint checkpoint, Engine engine, double seconds, Consumer<String> begun) {
        Stopwatch watch = new Stopwatch(seconds);
        Benchmark.Machine machine = MachineFacts.machine();
        try (ClipModel clip = ClipModel.of(checkpoint, engine, Overflow.TRUNCATE)) {
            List<Point> images = images(clip, watch, begun);
            return new Scaling(machine, Backbone.nameOf(checkpoint), images, texts(clip, watch, begun));
        }
    }

    private static List<Point> images(ClipModel clip, Stopwatch watch, Consumer<String> begun) {
        ImageEncoder encoder = clip.images().encoder();
        int side = clip.images().preprocessing().size();
        TensorData pixels = TensorData.of("pixels", new float[BATCH * 3 * side * side], BATCH, 3, side, side);
        List<Point> points = new ArrayList<>();
        for (int batches : BATCHES) {
            begun.accept(BATCH * batches + " images");
            double seconds = watch.median(() -> {
                for (int i = 0; i < batches; i++) {
                    encoder.encode(pixels);
                }
            });
            points.add(new Point(BATCH * batches, seconds));
        }
        return points;
    }

    private static List<Point> texts(ClipModel clip, Stopwatch watch, Consumer<String> begun) {
        List<Point> points = new ArrayList<>();
        for (int classes : CLASSES) {
            List<String> prompts = Preset.DOMAINNET.classes().subList(0, classes).stream()
                    .flatMap(name -> PromptLanguage.ENGLISH.templates(name).stream())
                    .toList();
            begun.accept(prompts.size() + " texts");
            points.add(new Point(prompts.size(), watch.median(() -> clip.texts().encode(prompts))));
        }
        return points;
    }

    /** Plots both against linear scaling from the smallest count. */
    public Figure figure() {
        String subtitle =
                String.format(Locale.ROOT, "%s on %s, %d threads", model, machine.processor(), machine.threads());
        return Figure.of(
                "Time of encoding",
                subtitle,
                List.of(
                        panel("Images", "images", images),
                        panel("Texts: 480 prompts a class", "classes × prompts", texts)));
    }

    private static LinePanel panel(String title, String label, List<Point> points) {
        Point least = points.get(0);
        List<Double> counts = points.stream().map(point -> (double) point.count).toList();
        List<Double> proportional = counts.stream()
                .map(count -> count * least.seconds / least.count)
                .toList();
        return new LinePanel(
                title,
                Axis.of(label),
                Axis.of("seconds").from(0, proportional.get(proportional.size() - 1)),
                List.of(
                        Series.of(
                                "measured",
                                counts,
                                points.stream().map(Point::seconds).toList()),
                        Series.of("in proportion to the fewest", counts, proportional)));
    }
}
