package dev.clap4j.cli;

import dev.clap4j.clip.ClipModel;
import dev.clap4j.evaluation.Method;
import dev.clap4j.head.CompiledHead;
import dev.clap4j.head.Head;
import dev.clap4j.head.HeadInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** {@code --head} and {@code --alpha}, as often as wanted: methods to compare with CLIP. */
final class MethodsOption {
    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<Entry> entries = new ArrayList<>();

    /** A head and its strength. */
    private static final class Entry {
        @Option(
                names = "--head",
                required = true,
                paramLabel = "FILE",
                description = "A head, ours (.safetensors) or the authors' (.pth), to compare with CLIP. May come"
                        + " several times, each with its --alpha.")
        private Path file;

        @Option(
                names = "--alpha",
                paramLabel = "A",
                description = "The strength of the head before it (default: the head's own).")
        private Float alpha;
    }

    /** CLIP, then a method for each head, none called as another; checks that the heads fit the model. */
    List<Method> methods(ClipModel model) {
        List<Method> methods = new ArrayList<>(List.of(Method.CLIP));
        Set<String> names = new HashSet<>(Set.of(Method.CLIP.name()));
        for (Entry entry : entries) {
            Head head = Head.load(entry.file);
            head.requireBackbone(model.checkpoint().fingerprint(), model.embedDim());
            float alpha = entry.alpha == null ? head.info().alpha() : entry.alpha;
            String name = kind(head.info()) + " α=" + alpha;
            if (!names.add(name)) {
                name += " (" + entry.file + ")";
                names.add(name);
            }
            methods.add(new Method(name, alpha, (features, strength) -> {
                try (CompiledHead compiled = head.compile(model.engine())) {
                    return compiled.apply(features, strength);
                }
            }));
        }
        return methods;
    }

    /** What a head was trained by, as the paper calls it. */
    private static String kind(HeadInfo info) {
        return info.objective().toLowerCase(Locale.ROOT).startsWith("im") ? "Im.Aug" : "CLAP";
    }
}
