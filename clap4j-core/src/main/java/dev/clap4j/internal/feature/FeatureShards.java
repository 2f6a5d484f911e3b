package dev.clap4j.internal.feature;

import dev.clap4j.ClapException;
import dev.clap4j.Problem;
import dev.clap4j.feature.FeatureFiles;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.InputFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Features in files of their own for every so many images: {@code features-00001.npy}, {@code features-00002.npy}, … A shard is
 * there as a whole or not at all. Beside them, {@code features.npy.shards} says what they are of, so that only the same work
 * continues them.
 *
 * @param out the name from which those of the shards are made
 * @param images the number of images for each shard, of which those that cannot be decoded have no row
 */
public record FeatureShards(Path out, int images) {
    private static final int MAX_RECORD = 1 << 20;

    /** Returns the file of a shard, numbered from 1. */
    public Path file(int shard) {
        String name = out.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return out.resolveSibling(String.format("%s-%05d%s", name.substring(0, dot), shard, name.substring(dot)));
    }

    private Path record() {
        return out.resolveSibling(out.getFileName() + ".shards");
    }

    /** Returns whether work on these shards was begun. */
    public boolean isBegun() {
        return Files.exists(record());
    }

    /**
     * Begins the work, or continues it.
     *
     * @param work all that the features depend on
     * @throws ClapException if there are shards already and they are not to be continued, or the other way round, or they
     *     are of other work
     */
    public void begin(String work, boolean resume) {
        String text = work + "\n";
        if (!resume) {
            if (isBegun() || Files.exists(file(1))) {
                throw new ClapException("There are shards already, such as " + file(1)
                        + "; resume them, remove them, or choose another name");
            }
            AtomicFiles.writeString(record(), text);
        } else if (!isBegun()) {
            throw new ClapException(
                    Problem.NOTHING_TO_RESUME, "There is nothing to resume: there is no file " + record());
        } else if (!InputFiles.readText(record(), MAX_RECORD).equals(text)) {
            throw new ClapException(
                    Problem.NOTHING_TO_RESUME,
                    "The shards beside " + record() + " are of another model, other images or other options; resume"
                            + " them with the same ones");
        }
    }

    /**
     * Returns the images that have a row in a shard; empty if it is not there.
     *
     * @throws ClapException if it cannot be read
     */
    public Optional<List<String>> ids(int shard) {
        return FeatureFiles.written(file(shard)).stream().allMatch(Files::exists)
                ? Optional.of(FeatureFiles.load(file(shard)).ids())
                : Optional.empty();
    }

    /**
     * Writes a shard.
     *
     * @throws ClapException if it cannot be written
     */
    public void save(int shard, FeatureMatrix features) {
        FeatureFiles.save(features, file(shard));
    }
}
