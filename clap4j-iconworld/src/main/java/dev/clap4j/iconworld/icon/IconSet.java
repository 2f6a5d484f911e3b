package dev.clap4j.iconworld.icon;

import java.util.Arrays;
import java.util.List;

/**
 * The icon sets, emoji by different teams, each a domain: the same things drawn in different ways.
 *
 * <p>The build takes the drawings from the Iconify collection; licences and authors are as stated there.
 */
public enum IconSet {
    /** Noto Emoji. */
    NOTO("noto", true, "Noto Emoji", "Google Inc", "Apache 2.0"),
    /** Noto Emoji, first version. */
    NOTO_V1("noto-v1", true, "Noto Emoji (v1)", "Google Inc", "Apache 2.0"),
    /** Twitter Emoji. */
    TWEMOJI("twemoji", true, "Twitter Emoji", "Twitter", "CC BY 4.0"),
    /** OpenMoji. */
    OPENMOJI("openmoji", true, "OpenMoji", "OpenMoji", "CC BY-SA 4.0"),
    /** Emoji One. */
    EMOJIONE("emojione", true, "Emoji One (Colored)", "Emoji One", "CC BY 4.0"),
    /** Emoji One, first version. */
    EMOJIONE_V1("emojione-v1", true, "Emoji One (v1)", "Emoji One", "CC BY-SA 4.0"),
    /** Emoji One in one colour. */
    EMOJIONE_MONOTONE("emojione-monotone", true, "Emoji One (Monotone)", "Emoji One", "CC BY 4.0"),
    /** Fluent Emoji, three-dimensional. */
    FLUENT_EMOJI("fluent-emoji", false, "Fluent Emoji", "Microsoft Corporation", "MIT"),
    /** Fluent Emoji, flat. */
    FLUENT_EMOJI_FLAT("fluent-emoji-flat", false, "Fluent Emoji Flat", "Microsoft Corporation", "MIT"),
    /** Fluent Emoji in one colour. */
    FLUENT_EMOJI_HIGH_CONTRAST(
            "fluent-emoji-high-contrast", false, "Fluent Emoji High Contrast", "Microsoft Corporation", "MIT"),
    /** Firefox OS Emoji. */
    FXEMOJI("fxemoji", false, "Firefox OS Emoji", "Mozilla", "Apache 2.0");

    /** The icon sets used for pre-training. */
    public static final List<IconSet> SEEN =
            Arrays.stream(values()).filter(set -> set.seen).toList();

    /** The held-out icon sets: the unseen domains. */
    public static final List<IconSet> UNSEEN =
            Arrays.stream(values()).filter(set -> !set.seen).toList();

    private final String id;
    private final boolean seen;
    private final String title;
    private final String author;
    private final String licence;

    IconSet(String id, boolean seen, String title, String author, String licence) {
        this.id = id;
        this.seen = seen;
        this.title = title;
        this.author = author;
        this.licence = licence;
    }

    /** Returns the name in the collection, which is also the name of the domain. */
    public String id() {
        return id;
    }

    /** Returns whether the set is used for pre-training. */
    public boolean isSeen() {
        return seen;
    }

    /** Returns the name for readers. */
    public String title() {
        return title;
    }

    /** Returns the author. */
    public String author() {
        return author;
    }

    /** Returns the licence of the drawings. */
    public String licence() {
        return licence;
    }
}
