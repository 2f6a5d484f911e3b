package dev.clap4j.internal.checkpoint;

import dev.clap4j.ClapException;
import dev.clap4j.internal.io.NearestName;
import dev.clap4j.internal.nn.Activation;
import dev.clap4j.internal.nn.ClipArchitecture;
import dev.clap4j.internal.nn.ModifiedResNet;
import dev.clap4j.internal.nn.TextTransformer;
import dev.clap4j.internal.nn.VisionTower;
import dev.clap4j.internal.nn.VisionTransformer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The architectures published by OpenAI (Radford et al. 2021, tables 19 and 20), and small ones: {@code mini}, which
 * can be trained on a laptop, and two tiny ones for experiments; and models of other families, with a tiny one of each.
 */
public final class Architectures {
    private static final int HEAD_WIDTH = 64;
    private static final int CONTEXT_LENGTH = 77;
    private static final int VOCABULARY = 49408;
    private static final float EPSILON = 1e-5f;

    private static final Map<String, ClipArchitecture> BY_NAME = new LinkedHashMap<>();
    private static final Map<String, FamilyArchitecture> FAMILIES = FamilyArchitecture.all();

    static {
        add("ViT-B/32", transformer(224, 32, 768, 12, 512), text(512, 12, 512));
        add("ViT-B/16", transformer(224, 16, 768, 12, 512), text(512, 12, 512));
        add("ViT-L/14", transformer(224, 14, 1024, 24, 768), text(768, 12, 768));
        add("ViT-L/14@336px", transformer(336, 14, 1024, 24, 768), text(768, 12, 768));
        add("RN50", residual(224, 64, List.of(3, 4, 6, 3), 1024), text(512, 12, 1024));
        add("RN101", residual(224, 64, List.of(3, 4, 23, 3), 512), text(512, 12, 512));
        add("RN50x4", residual(288, 80, List.of(4, 6, 10, 6), 640), text(640, 12, 640));
        add("RN50x16", residual(384, 96, List.of(6, 8, 18, 8), 768), text(768, 12, 768));
        add("RN50x64", residual(448, 128, List.of(3, 15, 36, 10), 1024), text(1024, 12, 1024));
        add("mini", residual(64, 24, List.of(1, 2, 3, 1), 128), miniText());
        add("tiny", transformer(32, 8, 64, 2, 64), text(64, 2, 64));
        add("tiny-RN", residual(64, 4, List.of(1, 1, 1, 1), 64), text(64, 2, 64));
    }

    private Architectures() {}

    private static void add(String name, VisionTower vision, TextTransformer text) {
        BY_NAME.put(name, new ClipArchitecture(vision, text));
    }

    private static VisionTransformer transformer(int imageSize, int patchSize, int width, int layers, int embedDim) {
        return new VisionTransformer(
                imageSize,
                patchSize,
                width,
                layers,
                width / HEAD_WIDTH,
                4 * width,
                embedDim,
                Activation.QUICK_GELU,
                EPSILON);
    }

    private static ModifiedResNet residual(int imageSize, int width, List<Integer> blocks, int embedDim) {
        return new ModifiedResNet(imageSize, width, blocks, 32 * width / HEAD_WIDTH, embedDim);
    }

    private static TextTransformer text(int width, int layers, int embedDim) {
        return new TextTransformer(
                CONTEXT_LENGTH,
                VOCABULARY,
                width,
                layers,
                width / HEAD_WIDTH,
                4 * width,
                embedDim,
                Activation.QUICK_GELU,
                EPSILON);
    }

    /** Returns a text encoder for short captions. */
    private static TextTransformer miniText() {
        return new TextTransformer(32, VOCABULARY, 128, 2, 2, 4 * 128, 128, Activation.QUICK_GELU, EPSILON);
    }

    /** Returns the names of CLIP's own architectures, OpenAI's first. */
    public static List<String> clipNames() {
        return List.copyOf(BY_NAME.keySet());
    }

    /** Returns all names, OpenAI's first. */
    public static List<String> names() {
        return Stream.concat(BY_NAME.keySet().stream(), FAMILIES.keySet().stream())
                .toList();
    }

    /** Returns an architecture that is not CLIP's own; empty if there is none of that name. */
    static Optional<FamilyArchitecture> family(String name) {
        return FAMILIES.entrySet().stream()
                .filter(entry -> isSame(entry.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static boolean isSame(String one, String other) {
        return one.replace('/', '-').equalsIgnoreCase(other.replace('/', '-'));
    }

    /** Returns the name of an architecture; empty if it has none. */
    public static Optional<String> nameOf(ClipArchitecture architecture) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> entry.getValue().equals(architecture))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Returns the architecture of that name, or the one described by a file.
     *
     * @param nameOrFile one of {@link #names}, or the path of an {@code open_clip_config.json}
     * @throws ClapException if it is neither, or the file cannot be used
     */
    public static ClipArchitecture find(String nameOrFile) {
        boolean file = nameOrFile.endsWith(".json");
        return file ? OpenClipConfig.read(Path.of(nameOrFile)).architecture() : named(nameOrFile);
    }

    /**
     * Returns the architecture of that name.
     *
     * @param name such as {@code ViT-B/16}, in any case; a dash may replace the slash
     * @throws ClapException if there is none, listing the names
     */
    public static ClipArchitecture named(String name) {
        return BY_NAME.entrySet().stream()
                .filter(entry -> isSame(entry.getKey(), name))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> family(name).map(FamilyArchitecture::architecture))
                .orElseThrow(() -> new ClapException("There is no architecture \"" + name + "\""
                        + NearestName.hint(name, names()) + "; known architectures are " + String.join(", ", names())));
    }
}
