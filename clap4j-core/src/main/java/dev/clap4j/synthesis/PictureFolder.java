package dev.clap4j.synthesis;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.FolderRecord;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.run.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of synthesized pictures, {@code <class>/<prompt>/0.png}, named by {@link FileNames#withUnderscores}, and
 * {@code synthesis.json}, which records how they were made. Existing pictures are kept, so that an interrupted run can
 * be resumed, and prompts and classes added.
 */
public final class PictureFolder {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RECORD = "synthesis.json";

    private PictureFolder() {}

    /**
     * Synthesizes the missing pictures.
     *
     * @param folder new, empty, or with pictures by the same synthesizer and seed
     * @param progress receives the number of pictures done
     * @return the number of pictures made
     * @throws ClapException if the folder holds anything else, or cannot be written
     */
    public static int fill(Path folder, PromptSample sample, ImageSynthesizer synthesizer, Progress progress) {
        take(folder, synthesizer, sample.seed());
        Map<String, Path> classes = classFolders(folder, sample.classes());
        List<PromptSample.Item> items = sample.items();
        List<PromptSample.Item> missing = items.stream()
                .filter(item -> Files.notExists(picture(classes, item)))
                .toList();
        Steps steps = Steps.begin(progress, "pictures", items.size(), items.size() - missing.size());
        steps.parallel(missing, item -> {
            byte[] png = PngEncoder.encode(synthesizer.synthesize(item.prompt(), item.className(), item.seed()));
            AtomicFiles.writeUnforced(picture(classes, item), png);
        });
        return missing.size();
    }

    private static Path picture(Map<String, Path> classes, PromptSample.Item item) {
        return classes.get(item.className())
                .resolve(FileNames.withUnderscores(item.prompt()))
                .resolve("0.png");
    }

    /** Returns the folder of each class: its existing one, else a new one that is not used by another class. */
    private static Map<String, Path> classFolders(Path folder, List<String> classes) {
        List<String> taken = new ArrayList<>();
        Map<String, Path> folders = new HashMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> entry.getFileName().toString()).sorted().forEach(name -> {
                taken.add(name);
                folders.putIfAbsent(FileNames.nameOfUnderscored(name), folder.resolve(name));
            });
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
        for (String name : classes) {
            if (!folders.containsKey(name)) {
                taken.add(FileNames.withUnderscores(name, taken));
                folders.put(name, folder.resolve(taken.get(taken.size() - 1)));
            }
        }
        return folders;
    }

    private static void take(Path folder, ImageSynthesizer synthesizer, long seed) {
        Map<String, String> made = new TreeMap<>(synthesizer.describe());
        made.put("seed", String.valueOf(seed));
        FolderRecord.take(
                folder, RECORD, JSON.valueToTree(made), "pictures that were made", "pictures made from prompts");
    }
}
