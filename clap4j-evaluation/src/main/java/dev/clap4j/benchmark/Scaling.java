package dev.clap4j.benchmark;

import dev.clap4j.internal.checkpoint.Checkpoint;
import dev.clap4j.internal.clip.Backbone;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.engine.Engine;
import dev.clap4j.internal.io.TensorData;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.plot.Axis;
import dev.clap4j.plot.Figure;
import dev.clap4j.plot.LinePanel;
import dev.clap4j.plot.Series;
import dev.clap4j.training.Preset;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Encoding time by number of images and by number of texts.
 *
 * @param machine the machine
 * @param model the model
 * @param images seconds by the number of images
 * @param texts seconds by the number of classes times prompts
 */
public record Scaling(Machine machine, String model, List<Point> images, List<Point> texts) {
    private static final List<Integer> BATCHES = List.of(1, 2, 4, 8, 16);
    private static final List<Integer> CLASSES = List.of(1, 5, 10, 20, 40);

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
        Machine machine = Machine.own();
        try (ClipModel clip = ClipModel.of(checkpoint, engine, Overflow.TRUNCATE)) {
            TensorData pixels = Benchmark.pixels(clip.images().preprocessing().size());
            List<Point> images = BATCHES.stream()
                    .map(batches -> {
                        int count = batches * (int) pixels.shape()[0];
                        begun.accept(count + " images");
                        Runnable encode = () -> IntStream.range(0, batches)
                                .forEach(i -> clip.images().encoder().encode(pixels));
                        return new Point(count, watch.median(encode));
                    })
                    .toList();
            List<Point> texts = CLASSES.stream()
                    .map(classes -> {
                        List<String> prompts =
                                Benchmark.prompts(Preset.DOMAINNET.classes().subList(0, classes));
                        begun.accept(prompts.size() + " texts");
                        return new Point(
                                prompts.size(), watch.median(() -> clip.texts().encode(prompts)));
                    })
                    .toList();
            return new Scaling(machine, Backbone.nameOf(checkpoint), images, texts);
        }
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
        List<Series.Value> measured = points.stream()
                .map(point -> new Series.Value(point.count, point.seconds, 0))
                .toList();
        List<Series.Value> proportional = points.stream()
                .map(point -> new Series.Value(point.count, point.count * least.seconds / least.count, 0))
                .toList();
        return new LinePanel(
                title,
                Axis.of(label),
                Axis.of("seconds").from(0, least.seconds),
                List.of(new Series("measured", measured), new Series("in proportion to the fewest", proportional)));
    }
}
