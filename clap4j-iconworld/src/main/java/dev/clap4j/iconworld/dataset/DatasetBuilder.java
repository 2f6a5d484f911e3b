package dev.clap4j.iconworld.dataset;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.Progress;
import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.GlyphAtlas;
import dev.clap4j.iconworld.icon.IconSet;
import dev.clap4j.iconworld.paint.Painter;
import dev.clap4j.iconworld.scene.Captions;
import dev.clap4j.iconworld.scene.ImageType;
import dev.clap4j.iconworld.scene.Scene;
import dev.clap4j.iconworld.scene.SceneSampler;
import dev.clap4j.iconworld.scene.Seeds;
import dev.clap4j.internal.io.AtomicFiles;
import dev.clap4j.internal.io.FolderRecord;
import dev.clap4j.internal.run.Steps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes pictures as an ordinary data set, {@code <domain>/<class>/<number>-<image type>.png}, with their captions and
 * scenes in {@code captions.jsonl}. The same options give the same pictures on the same version of Java.
 *
 * <p>An interrupted build can be resumed, and missing pictures are redrawn. Several processes may build the same data
 * set at once.
 */
public final class DatasetBuilder {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OPTIONS = "iconworld.json";
    private static final String CAPTIONS = "captions.jsonl";

    private final BuildOptions options;
    private final Path folder;

    private DatasetBuilder(BuildOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    private record Item(Scene scene, String image) {}

    /**
     * Draws the missing pictures. If stopped, it keeps the finished ones.
     *
     * @param folder new, empty, or of a build with the same options
     * @throws dev.clap4j.ClapException if the folder holds anything else, or cannot be written
     */
    public static void build(BuildOptions options, Path folder, Progress progress) {
        new DatasetBuilder(options, folder).build(progress);
    }

    private void build(Progress progress) {
        FolderRecord.take(
                folder, OPTIONS, JSON.valueToTree(options.describe()), "pictures that were drawn", "icon world");
        List<Item> items = items();
        List<Item> missing = items.stream()
                .filter(item -> Files.notExists(folder.resolve(item.image)))
                .toList();
        if (!missing.isEmpty()) {
            Map<IconSet, Painter> painters = painters(missing, progress);
            Steps steps = Steps.begin(progress, "pictures", items.size(), items.size() - missing.size());
            steps.parallel(missing, item -> draw(item, painters.get(item.scene.iconSet())));
        }
        if (Files.notExists(folder.resolve(CAPTIONS))) {
            AtomicFiles.writeString(
                    folder.resolve(CAPTIONS), items.stream().map(this::line).collect(Collectors.joining()));
        }
    }

    /** Creates a painter for each icon set with pictures to draw; one set is read while others are rendered. */
    private Map<IconSet, Painter> painters(List<Item> items, Progress progress) {
        Set<IconSet> sets = EnumSet.noneOf(IconSet.class);
        items.forEach(item -> sets.add(item.scene.iconSet()));
        Steps steps = Steps.begin(progress, "icons", (long) options.concepts() * sets.size());
        return sets.parallelStream()
                .collect(Collectors.toConcurrentMap(
                        Function.identity(),
                        set -> new Painter(
                                GlyphAtlas.render(options.classes(), List.of(set), steps), options.imageSize())));
    }

    private List<Item> items() {
        SceneSampler sampler = options.sampler();
        List<Item> items = new ArrayList<>();
        for (String domain : options.domainNames()) {
            for (Concept concept : options.classes()) {
                for (int number = 0; number < options.perClass(); number++) {
                    Scene scene = scene(sampler, domain, concept, number);
                    String type = scene.attributes().imageType().word().replace(' ', '_');
                    items.add(new Item(
                            scene,
                            "%s/%s/%04d-%s.png".formatted(domain, concept.name().replace(' ', '_'), number, type)));
                }
            }
        }
        return items;
    }

    private Scene scene(SceneSampler sampler, String domain, Concept concept, int number) {
        List<IconSet> sets = options.sets();
        return switch (options.domains()) {
            case ICON_SETS -> sampler.get(concept, set(domain), number);
            case IMAGE_TYPES ->
                sampler.get(concept, sets.get(number % sets.size()), ImageType.of(domain.replace('_', ' ')), number);
        };
    }

    private IconSet set(String id) {
        return options.sets().stream()
                .filter(set -> set.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private void draw(Item item, Painter painter) {
        PngFiles.write(painter.paint(item.scene), painter.side(), folder.resolve(item.image));
    }

    private String line(Item item) {
        Scene scene = item.scene;
        ObjectNode line = JSON.createObjectNode();
        line.put("image", item.image);
        line.put("caption", Captions.of(scene, Seeds.generator(scene.seed(), "caption", 0)));
        line.put("concept", scene.concept().name());
        line.put("icon_set", scene.iconSet().id());
        line.put("image_type", scene.attributes().imageType().word());
        line.put("art_style", scene.attributes().artStyle().word());
        line.put("size", scene.attributes().size().word());
        line.put("colour", scene.attributes().colour().word());
        return line + "\n";
    }

    /** Returns the image type of a picture of a build, by its file name. */
    public static ImageType imageType(Path picture) {
        String name = String.valueOf(picture.getFileName());
        return ImageType.of(
                name.substring(name.indexOf('-') + 1, name.lastIndexOf('.')).replace('_', ' '));
    }
}
