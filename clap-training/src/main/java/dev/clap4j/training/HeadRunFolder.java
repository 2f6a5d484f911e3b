package dev.clap4j.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.run.RunFolder;
import dev.clap4j.run.RunStart;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a run that trains a head.
 *
 * @param run what it shares with runs of other kinds
 */
record HeadRunFolder(RunFolder run) {
    private static final List<String> FIXED = List.of("options", "model", "prompts", "images");

    static HeadRunFolder open(Path folder, RunStart start, ObjectNode provenance) {
        HeadRunFolder files = new HeadRunFolder(new RunFolder(folder));
        List<Path> old = new ArrayList<>(List.of(files.head(), files.styles()));
        old.addAll(files.features("{lasting,passing}-*.safetensors"));
        RunFolder.open(folder, start, provenance, FIXED, old);
        return files;
    }

    Path metrics() {
        return run.metrics();
    }

    Path state() {
        return run.state();
    }

    Path head() {
        return run.folder().resolve("head.safetensors");
    }

    /** Styles that were learned for the prompts. */
    Path styles() {
        return run.folder().resolve("styles.safetensors");
    }

    Path features() {
        return run.folder().resolve("features");
    }

    /** Deletes the features of what passed with an interval, which no later one needs. */
    void forgetPassing(int interval) {
        deleteFeatures("passing-" + interval + "-*.safetensors");
    }

    /** Deletes all features: the run is done. */
    void forgetFeatures() {
        deleteFeatures("{lasting,passing}-*.safetensors");
    }

    private void deleteFeatures(String pattern) {
        try {
            for (Path file : features(pattern)) {
                Files.delete(file);
            }
            if (Files.isDirectory(features())) {
                try (DirectoryStream<Path> rest = Files.newDirectoryStream(features())) {
                    if (!rest.iterator().hasNext()) {
                        Files.delete(features());
                    }
                }
            }
        } catch (IOException e) {
            throw cannotClear(e);
        }
    }

    private List<Path> features(String pattern) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(features())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(features(), pattern)) {
                files.forEach(found::add);
            } catch (IOException e) {
                throw cannotClear(e);
            }
        }
        return found;
    }

    private ClapException cannotClear(IOException e) {
        return new ClapException("Cannot clear " + features() + ": " + e, e);
    }
}
