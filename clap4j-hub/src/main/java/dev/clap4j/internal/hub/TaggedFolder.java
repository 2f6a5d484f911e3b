package dev.clap4j.internal.hub;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.Digests;
import dev.clap4j.internal.io.IoReasons;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of a model that is named {@code ARCHITECTURE:TAG}: the files of the cache, with the configuration that
 * open_clip's table says, since repositories may have none or another one. Files are links where the system has them.
 */
final class TaggedFolder {
    private static final String CONFIG = "open_clip_config.json";

    private TaggedFolder() {}

    /**
     * Builds the folder, unless it is there.
     *
     * @param place the folder of all such folders
     * @param weights the weights file in the cache, or the index of its shards
     * @param tokenizer files of the tokenizer
     * @throws ClapException if it cannot be written
     */
    static Path of(Path place, PublishedTag tag, List<Path> weights, List<Path> tokenizer) {
        String config = Tags.published().configuration(tag).toPrettyString() + "\n";
        Map<String, Path> files = new TreeMap<>();
        weights.forEach(file -> files.put(file.getFileName().toString(), file));
        tokenizer.forEach(file -> files.put(file.getFileName().toString(), file));
        Path folder = place.resolve(Digests.of(config + files.values())).resolve(tag.architecture() + "-" + tag.tag());
        if (!Files.isRegularFile(folder.resolve(CONFIG))) {
            AtomicFiles.writeString(folder.resolve(CONFIG), config);
        }
        files.forEach((name, file) -> put(file, folder.resolve(name)));
        return folder;
    }

    private static void put(Path file, Path link) {
        if (Files.isRegularFile(link)) {
            return;
        }
        try {
            Files.deleteIfExists(link);
            try {
                Files.createSymbolicLink(link, file.toRealPath());
            } catch (FileAlreadyExistsException e) {
                // Another process did it.
            } catch (IOException | UnsupportedOperationException e) {
                // Windows lets only some users make links.
                AtomicFiles.linkNew(file, link);
            }
        } catch (IOException e) {
            throw new ClapException("Cannot write " + link + ": " + IoReasons.of(e), e);
        }
    }
}
