package dev.clap4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clap4j.ChildProcess;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.classify.ZeroShotClassifier;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.io.CacheFolder;
import dev.clap4j.internal.mini.MiniClip;
import dev.clap4j.internal.onnx.OrtEngine;
import dev.clap4j.internal.tokenizer.Overflow;
import dev.clap4j.internal.training.ClapTrainer;
import dev.clap4j.training.Defaults;
import dev.clap4j.training.Schedule;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever embeds the libraries finds the process as it was: they set no property and no default of Java's. */
class ProcessWideStateTests {
    @TempDir
    private Path folder;

    /** Classifies and trains as a program would that has never heard of the command line. */
    static final class Embedding {
        public static void main(String[] arguments) {
            Path image = Path.of(arguments[0]);
            // Java's own libraries set properties when they are loaded.
            new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).getColorModel();
            state();
            Map<String, String> before = state();
            try (ClipModel clip =
                    ClipModel.of(MiniClip.open(CacheFolder.ofUser()), OrtEngine.create(), Overflow.TRUNCATE)) {
                List<String> classes = List.of("dog", "cat");
                FeatureMatrix texts = clip.texts().encode(classes);
                System.out.println(
                        ZeroShotClassifier.of(texts, clip.checkpoint().expLogitScale())
                                .classify(clip.images().encode(List.of(image)))
                                .size());
                ClapTrainer.of(clip, Defaults.forClasses(classes, texts.dim()).withSchedule(new Schedule(4, 2, 2, 0)))
                        .train(Path.of(arguments[1]));
            }
            Map<String, String> after = state();
            after.entrySet().removeAll(before.entrySet());
            System.out.println(after);
        }

        private static Map<String, String> state() {
            Map<String, String> state = new TreeMap<>();
            System.getProperties().forEach((name, value) -> state.put("property " + name, String.valueOf(value)));
            for (Locale.Category category : Locale.Category.values()) {
                state.put("locale " + category, String.valueOf(Locale.getDefault(category)));
            }
            state.put("time zone", TimeZone.getDefault().getID());
            state.put("image cache", ImageIO.getUseCache() + " " + ImageIO.getCacheDirectory());
            state.put("connection cache", String.valueOf(URLConnection.getDefaultUseCaches("jar")));
            state.put("uncaught", String.valueOf(Thread.getDefaultUncaughtExceptionHandler()));
            state.put("streams", System.in + " " + System.out + " " + System.err);
            return state;
        }
    }

    @Test
    void librariesLeaveItAlone() throws IOException {
        Path image = folder.resolve("image.png");
        ImageIO.write(new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB), "png", image.toFile());
        ChildProcess.Result result = ChildProcess.java(
                        Embedding.class, image.toString(), folder.resolve("run").toString())
                .run();
        assertThat(result.exitCode()).as(String.join("\n", result.err())).isZero();
        assertThat(result.out()).containsExactly("1", "{}");
    }
}
