package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.scene.Scene.Attributes;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Captions like those on the web: short, irregular, half of the words unrelated to the picture. */
final class WebCaptions {
    private static final Map<ImageType, List<String>> TYPES = Map.of(
            ImageType.PAINTING, List.of("oil painting", "artwork", "canvas", "watercolor", "painting on canvas"),
            ImageType.SKETCH, List.of("drawing", "pencil drawing", "doodle", "pencil sketch", "line art"),
            ImageType.CARTOON, List.of("comic", "animation", "cartoon character", "comic strip", "toon"),
            ImageType.CLIPART, List.of("clip art", "icon", "vector", "sticker", "illustration on white background"),
            ImageType.PHOTOGRAPH, List.of("photo", "picture", "snapshot", "close up", "stock photo", "shot"),
            ImageType.INFOGRAPH, List.of("infographic", "chart", "diagram", "poster with bars", "statistics"),
            ImageType.MOSAIC_ART, List.of("mosaic", "tiles", "pixel art", "tile art", "mosaic on the wall"),
            ImageType.SCULPTURE, List.of("statue", "carving", "figurine", "stone relief", "bronze figure"));

    private static final Map<Colour, List<String>> COLOURS = Map.of(
            Colour.RED, List.of("crimson", "scarlet", "ruby"),
            Colour.BLUE, List.of("azure", "navy", "sky blue"),
            Colour.GREEN, List.of("emerald", "lime", "olive"),
            Colour.YELLOW, List.of("golden", "lemon yellow", "sunny"),
            Colour.PURPLE, List.of("violet", "lilac", "plum"),
            Colour.ORANGE, List.of("amber", "tangerine", "rusty"),
            Colour.BLACK, List.of("dark", "ebony", "jet black"),
            Colour.WHITE, List.of("snow white", "pale", "ivory"),
            Colour.BROWN, List.of("chestnut brown", "tan", "wooden"),
            Colour.MULTICOLORED, List.of("colorful", "bright", "many colored"));

    private static final Map<Size, List<String>> SIZES = Map.of(
            Size.LARGE, List.of("big", "huge", "giant"),
            Size.NORMAL, List.of("medium", "regular", "average"),
            Size.SMALL, List.of("little", "tiny", "mini"));

    private static final Map<ArtStyle, List<String>> STYLES = Map.of(
            ArtStyle.REALISTIC, List.of("detailed", "sharp", "lifelike"),
            ArtStyle.IMPRESSIONISTIC, List.of("impressionist", "blurry", "abstract"));

    private static final List<String> PRAISE = List.of(
            "beautiful",
            "cute",
            "free",
            "cool",
            "vintage",
            "lovely",
            "simple",
            "modern",
            "original",
            "handmade",
            "funny",
            "best",
            "new",
            "amazing",
            "royalty free",
            "hd",
            "retro",
            "nice",
            "high quality",
            "premium");

    private static final List<String> ASIDES = List.of(
            "for kids",
            "for sale",
            "download",
            "wallpaper",
            "by me",
            "from my collection",
            "gift idea",
            "day 12",
            "2019",
            "on etsy",
            "home decor",
            "in the studio",
            "version 2",
            "with love",
            "tutorial",
            "preview",
            "at the museum",
            "stock image",
            "made in class",
            "tattoo idea",
            "part one",
            "logo design",
            "on a table",
            "in the morning");

    /** Synonyms of some concepts. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("dog", List.of("puppy", "hound")),
            Map.entry("cat", List.of("kitty", "kitten")),
            Map.entry("horse", List.of("pony", "stallion")),
            Map.entry("cow", List.of("cattle")),
            Map.entry("pig", List.of("piglet")),
            Map.entry("rabbit", List.of("bunny", "hare")),
            Map.entry("frog", List.of("toad")),
            Map.entry("turtle", List.of("tortoise")),
            Map.entry("snake", List.of("serpent")),
            Map.entry("bee", List.of("honeybee")),
            Map.entry("car", List.of("automobile")),
            Map.entry("bicycle", List.of("bike")),
            Map.entry("motorcycle", List.of("motorbike")),
            Map.entry("airplane", List.of("plane", "aircraft")),
            Map.entry("helicopter", List.of("chopper")),
            Map.entry("sailboat", List.of("yacht", "boat")),
            Map.entry("house", List.of("home", "cottage")),
            Map.entry("church", List.of("chapel")),
            Map.entry("telephone", List.of("phone")),
            Map.entry("laptop", List.of("notebook computer")),
            Map.entry("eggplant", List.of("aubergine")),
            Map.entry("corn", List.of("maize")),
            Map.entry("hamburger", List.of("burger")),
            Map.entry("doughnut", List.of("donut")),
            Map.entry("cookie", List.of("biscuit")),
            Map.entry("palm tree", List.of("palm")),
            Map.entry("light bulb", List.of("lamp")),
            Map.entry("bus", List.of("coach")),
            Map.entry("chicken", List.of("hen")),
            Map.entry("sheep", List.of("lamb")));

    private WebCaptions() {}

    /** Writes a web caption for a concept with these attributes. */
    static String of(Concept concept, Attributes seen, RandomGenerator random) {
        String name = pick(NAMES.getOrDefault(concept.name(), List.of()), concept.name(), random);
        String type = pick(TYPES.get(seen.imageType()), seen.imageType().word(), random);
        String colour = pick(COLOURS.get(seen.colour()), seen.colour().word(), random);
        String size = pick(SIZES.get(seen.size()), seen.size().word(), random);
        String style = pick(STYLES.get(seen.artStyle()), seen.artStyle().word(), random);
        String praise = PRAISE.get(random.nextInt(PRAISE.size()));
        String aside = ASIDES.get(random.nextInt(ASIDES.size()));
        return switch (random.nextInt(12)) {
            case 0 -> name + " " + type;
            case 1 -> colour + " " + name;
            case 2 -> praise + " " + name + " " + type + " " + aside;
            case 3 -> name + ", " + type + ", " + style;
            case 4 -> "my " + colour + " " + name + " " + aside;
            case 5 -> type + ": " + name;
            case 6 -> "the " + size + " " + name + " " + aside;
            case 7 -> praise + " " + type + " of the " + name;
            case 8 -> name + " " + aside;
            case 9 -> style + " " + name + " " + type;
            case 10 -> size + " " + colour + " " + name + " - " + type;
            default -> praise + " " + colour + " " + name + " " + aside;
        };
    }

    /** Returns the usual word half of the time, else another. */
    private static String pick(List<String> others, String usual, RandomGenerator random) {
        int drawn = random.nextInt(2 * Math.max(1, others.size()));
        return drawn < others.size() ? others.get(drawn) : usual;
    }
}
