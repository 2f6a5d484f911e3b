package dev.clap4j.synthesis;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.image.PngEncoder;
import dev.clap4j.io.AtomicFiles;
import dev.clap4j.io.FolderRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * A folder of pictures made from prompts, {@code <class>/<prompt>/0.png}, with underscores for spaces, and
 * {@code synthesis.json}, which says how they were made. Pictures that are there are kept, so that an interrupted run goes
 * on where it was, and more prompts and classes may follow.
 */
public final class PictureFolder {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RECORD = "synthesis.json";

    private PictureFolder() {}

    /**
     * Makes the pictures that are missing.
     *
     * @param folder new, empty, or of pictures by the same synthesizer and from the same seed
     * @param progress told how many more pictures are there, on one thread at a time
     * @return how many were made
     * @throws ClapException if the folder holds anything else, or cannot be written
     */
    public static int fill(Path folder, PromptSample sample, ImageSynthesizer synthesizer, IntConsumer progress) {
        take(folder, synthesizer, sample.seed());
        List<PromptSample.Item> items = sample.items();
        List<PromptSample.Item> missing = items.stream()
                .filter(item -> Files.notExists(folder.resolve(item.path())))
                .toList();
        progress.accept(items.size() - missing.size());
        missing.parallelStream().forEach(item -> {
            byte[] png = PngEncoder.encode(synthesizer.synthesize(item.prompt(), item.className(), item.seed()));
            AtomicFiles.writeUnforced(folder.resolve(item.path()), png);
            synchronized (missing) {
                progress.accept(1);
            }
        });
        return missing.size();
    }

    private static void take(Path folder, ImageSynthesizer synthesizer, long seed) {
        Map<String, String> made = new TreeMap<>(synthesizer.describe());
        made.put("seed", String.valueOf(seed));
        FolderRecord.take(
                folder, RECORD, JSON.valueToTree(made), "pictures that were made", "pictures made from prompts");
    }
}
