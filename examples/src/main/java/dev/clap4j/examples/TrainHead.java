package dev.clap4j.examples;

import dev.clap4j.Clip;
import dev.clap4j.Image;
import dev.clap4j.Progress;
import dev.clap4j.StoppedException;
import dev.clap4j.head.Head;
import dev.clap4j.training.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Trains a head for a few classes, with progress; Enter cancels. Arguments: a file for the head, an image to classify. */
public final class TrainHead {
    private TrainHead() {}

    /** Trains, saves the head, and classifies the image without and with it. */
    public static void main(String[] args) {
        Path file = Path.of(args[0]);
        Image image = Image.of(Path.of(args[1]));
        AtomicBoolean cancelled = cancelledByEnter();
        Progress progress = new Printed().stopWhen(cancelled::get);
        try (Clip clip = Clip.mini()) {
            Head head = Training.of(clip)
                    .classes("dog", "cat", "horse")
                    .onProgress(progress)
                    .run();
            head.save(file);
            try (Clip robust = clip.with(head)) {
                System.out.println("CLIP: "
                        + clip.classifier("dog", "cat", "horse").classify(image).best());
                System.out.println("CLAP: "
                        + robust.classifier("dog", "cat", "horse")
                                .classify(image)
                                .best());
            }
        } catch (StoppedException e) {
            System.out.println("Cancelled.");
        }
    }

    private static AtomicBoolean cancelledByEnter() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread watcher = new Thread(() -> {
            try {
                cancelled.set(System.in.read() >= 0);
            } catch (IOException e) {
                System.err.println("Cannot read from the terminal: " + e.getMessage());
            }
        });
        watcher.setDaemon(true);
        watcher.start();
        return cancelled;
    }

    /** Prints what is done, in percent of each part. */
    private static final class Printed implements Progress {
        private String part;
        private long steps;
        private long done;

        @Override
        public void begin(String name, long total, long before) {
            part = name;
            steps = total;
            done = before;
        }

        @Override
        public void advance(long more) {
            long percent = done * 100 / steps;
            done += more;
            if (done * 100 / steps > percent) {
                System.out.printf("%s: %d %%%n", part, done * 100 / steps);
            }
        }
    }
}
