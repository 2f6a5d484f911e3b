package dev.clap4j.internal.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.clap4j.ClapException;
import dev.clap4j.internal.io.JsonText;
import dev.clap4j.internal.io.Names;
import dev.clap4j.internal.io.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of the weights that open_clip publishes, with their architectures and preprocessing. */
final class Tags {
    private static final String QUICK_GELU = "-quickgelu";
    private static final Tags PUBLISHED = new Tags();

    private final List<PublishedTag> tags;
    private final ObjectNode architectures;
    private final ObjectNode preprocessing;

    private Tags() {
        this.tags = text("tags.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.strip().split(" +"))
                .map(cells -> new PublishedTag(
                        cells[0],
                        cells[1],
                        cells[2],
                        cells[3].equals("-") ? "" : cells[3],
                        cells[4],
                        !cells[5].equals("-")))
                .toList();
        this.architectures = object("architectures.json");
        this.preprocessing = object("preprocessing.json");
    }

    /** Returns the table. */
    static Tags published() {
        return PUBLISHED;
    }

    private static String text(String resource) {
        try (InputStream in = Tags.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode object(String resource) {
        try {
            return (ObjectNode) JsonText.parse(text(resource));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(resource + " is not JSON", e);
        }
    }

    List<PublishedTag> all() {
        return tags;
    }

    /** Returns all repositories of the table. */
    Set<String> repositories() {
        return tags.stream().map(PublishedTag::repository).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Finds weights. As in open_clip, case and hyphens of tags do not matter, and an architecture may end in {@code
     * -quickgelu} for weights that were trained so.
     *
     * @throws ClapException if there are none of that name, naming the nearest
     */
    PublishedTag find(String architecture, String tag) {
        boolean quick = architecture.endsWith(QUICK_GELU);
        String plain = quick ? architecture.substring(0, architecture.length() - QUICK_GELU.length()) : architecture;
        List<PublishedTag> those = tags.stream()
                .filter(known -> known.architecture().equals(plain) && (known.quickGelu() || !quick))
                .toList();
        if (those.isEmpty()) {
            Set<String> names =
                    tags.stream().map(PublishedTag::architecture).collect(Collectors.toCollection(TreeSet::new));
            throw new ClapException(
                    "open_clip publishes no architecture " + architecture + NearestName.hint(plain, names));
        }
        String wanted = clean(tag);
        return those.stream()
                .filter(known -> known.tag().equals(wanted))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = those.stream().map(PublishedTag::tag).toList();
                    return new ClapException("open_clip publishes no weights " + tag + " of " + architecture
                            + NearestName.hint(wanted, names) + "; there are " + Names.preview(names));
                });
    }

    private static String clean(String tag) {
        return tag.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Returns the content of the {@code open_clip_config.json} of some weights. */
    ObjectNode configuration(PublishedTag tag) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        ObjectNode model = architectures.path(tag.architecture()).deepCopy();
        if (tag.quickGelu()) {
            model.put("quick_gelu", true);
        }
        config.set("model_cfg", model);
        config.set("preprocess_cfg", preprocessing.path(tag.preprocessing()).deepCopy());
        return config;
    }
}
