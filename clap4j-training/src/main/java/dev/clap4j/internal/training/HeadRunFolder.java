package dev.clap4j.internal.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.RunStart;
import dev.clap4j.internal.run.RunFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The run directory of a head.
 *
 * @param run the part common to all kinds of runs
 */
record HeadRunFolder(RunFolder run) implements AutoCloseable {
    private static final List<String> FIXED = List.of("options", "model", "prompts", "images");
    private static final String ALL_FEATURES = "{lasting,passing}-*.safetensors";

    static HeadRunFolder open(Path folder, RunStart start, ObjectNode provenance) {
        return new HeadRunFolder(RunFolder.open(folder, start, provenance, FIXED, HeadRunFolder::old));
    }

    private static List<Path> old(Path folder) {
        List<Path> old = new ArrayList<>(List.of(head(folder), styles(folder)));
        old.addAll(features(features(folder), ALL_FEATURES));
        return old;
    }

    Path metrics() {
        return run.metrics();
    }

    Path state() {
        return run.state();
    }

    Path head() {
        return head(run.folder());
    }

    private static Path head(Path folder) {
        return folder.resolve("head.safetensors");
    }

    /** Returns the file of styles learned for the prompts. */
    Path styles() {
        return styles(run.folder());
    }

    private static Path styles(Path folder) {
        return folder.resolve("styles.safetensors");
    }

    Path features() {
        return features(run.folder());
    }

    private static Path features(Path folder) {
        return folder.resolve("features");
    }

    @Override
    public void close() {
        run.close();
    }

    /** Deletes the features of an interval's single-step inputs. */
    void forgetPassing(int interval) {
        deleteFeatures("passing-" + interval + "-*.safetensors");
    }

    /** Deletes all features at the end of the run. */
    void forgetFeatures() {
        deleteFeatures(ALL_FEATURES);
    }

    private void deleteFeatures(String pattern) {
        try {
            for (Path file : features(features(), pattern)) {
                Files.delete(file);
            }
            if (isFolder(features())) {
                try (DirectoryStream<Path> rest = Files.newDirectoryStream(features())) {
                    if (!rest.iterator().hasNext()) {
                        Files.delete(features());
                    }
                }
            }
        } catch (IOException e) {
            throw cannotClear(features(), e);
        }
    }

    private static List<Path> features(Path folder, String pattern) {
        List<Path> found = new ArrayList<>();
        if (isFolder(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
                files.forEach(found::add);
            } catch (IOException e) {
                throw cannotClear(folder, e);
            }
        }
        return found;
    }

    /** Returns whether a path is a directory and not a link, whose target may not belong to the run. */
    private static boolean isFolder(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static ClapException cannotClear(Path folder, IOException e) {
        return new ClapException("Cannot clear " + folder + ": " + e, e);
    }
}
