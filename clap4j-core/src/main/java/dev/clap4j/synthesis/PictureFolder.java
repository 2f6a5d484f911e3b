package dev.clap4j.synthesis;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.clap4j.ClapException;
import dev.clap4j.Progress;
import dev.clap4j.internal.image.Bitmap;
import dev.clap4j.internal.image.PngEncoder;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FileNames;
import dev.clap4j.internal.io.FolderRecord;
import dev.clap4j.internal.io.IoReasons;
import dev.clap4j.internal.run.Steps;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of synthesized pictures, {@code <class>/<prompt>/<number>.png}, named by {@link FileNames#withUnderscores}.
 * Beside the classes, {@code synthesis.json} records how all pictures are made, and {@code pictures.jsonl} the prompt and
 * the seed of each. Existing pictures are kept, so that an interrupted run can be resumed, and classes, prompts and
 * further pictures of a prompt added.
 */
public final class PictureFolder {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RECORD = "synthesis.json";

    private PictureFolder() {}

    /** A picture and its path within the folder, with slashes. */
    private record Picture(PromptSample.Item item, String name) {
        /** Returns whether there is no file, or one without bytes, as a power cut may leave it. */
        boolean isMissing(Path folder) {
            Path file = folder.resolve(name);
            try {
                return !Files.isRegularFile(file) || Files.size(file) == 0;
            } catch (IOException e) {
                throw new ClapException("Cannot read " + file + ": " + IoReasons.of(e), e);
            }
        }
    }

    /**
     * Synthesizes the missing pictures.
     *
     * @param folder new, empty, or with pictures by the same synthesizer and seed
     * @param progress receives the number of pictures done; as milestones, the names of pictures that take a second or
     *     more, and after the first ones the time that the others will take
     * @return the number of pictures made
     * @throws ClapException if the folder holds anything else, or cannot be written, or the synthesizer cannot make the
     *     pictures
     * @throws IllegalArgumentException if the synthesizer makes no picture at once
     */
    public static int fill(Path folder, PromptSample sample, ImageSynthesizer synthesizer, Progress progress) {
        int atOnce = synthesizer.atOnce();
        if (atOnce < 1) {
            throw new IllegalArgumentException("A synthesizer makes at least 1 picture at once, not " + atOnce);
        }
        synthesizer.check(sample);
        take(folder, synthesizer, sample.seed());
        List<Picture> pictures = pictures(folder, sample);
        PictureManifest manifest = PictureManifest.of(folder);
        pictures.forEach(picture -> manifest.add(picture.name(), picture.item()));
        manifest.write();
        List<Picture> missing =
                pictures.stream().filter(picture -> picture.isMissing(folder)).toList();
        Steps steps = Steps.begin(progress, "pictures", pictures.size(), pictures.size() - missing.size());
        Pace pace = Pace.begin(missing.size(), atOnce, steps::milestone);
        steps.parallel(missing, atOnce, picture -> {
            long begin = System.nanoTime();
            BufferedImage image = synthesizer.synthesize(picture.item());
            Bitmap bitmap = Bitmap.of(Objects.requireNonNull(image, "a synthesizer's picture"));
            AtomicFiles.writeUnforced(folder.resolve(picture.name()), PngEncoder.encode(bitmap.toRgb()));
            pace.finished(picture.name(), System.nanoTime() - begin);
        });
        return missing.size();
    }

    private static List<Picture> pictures(Path folder, PromptSample sample) {
        Map<String, String> classes = classFolders(folder, sample.classes());
        return sample.items().stream()
                .map(item -> new Picture(
                        item,
                        classes.get(item.className()) + "/" + FileNames.withUnderscores(item.prompt()) + "/"
                                + item.number() + ".png"))
                .toList();
    }

    /** Returns the folder name of each class: its existing one, else a new one that is not used by another class. */
    private static Map<String, String> classFolders(Path folder, List<String> classes) {
        List<String> taken = new ArrayList<>();
        Map<String, String> folders = new HashMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> entry.getFileName().toString()).sorted().forEach(name -> {
                taken.add(name);
                folders.putIfAbsent(FileNames.nameOfUnderscored(name), name);
            });
        } catch (IOException e) {
            throw new ClapException("Cannot read " + folder + ": " + IoReasons.of(e), e);
        }
        for (String name : classes) {
            if (!folders.containsKey(name)) {
                taken.add(FileNames.withUnderscores(name, taken));
                folders.put(name, taken.get(taken.size() - 1));
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
