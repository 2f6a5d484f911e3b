package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.experiment.Method;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.HeadAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --head} and {@code --alpha}, each as often as one likes: heads to be compared with CLIP and one another. */
final class HeadsOption {
    @Option(
            names = "--head",
            paramLabel = "[NAME=]FILE",
            description = "A head to compare with CLIP: ours (.safetensors) or the authors' (.pth). Several heads need"
                    + " names: --head CLAP=a.safetensors --head Im.Aug=b.safetensors.")
    private List<String> heads = new ArrayList<>();

    @Option(
            names = "--alpha",
            paramLabel = "[NAME=]A,…",
            description =
                    "The alpha of every head, or of the named one, which takes precedence; several with commas make several"
                            + " methods (default: each head's own). In zero-shot evaluation also auto: chosen from the prompts and"
                            + " the unlabelled images.")
    private List<String> alphas = new ArrayList<>();

    /** A head under its name in tables and plots; its values of α may be left open. */
    record NamedHead(String name, Head head, AlphaChoice alphas) {}

    /** A word that may have a name before it. */
    private record Named(Optional<String> name, String value) {
        static Named parse(String word) {
            int equals = word.indexOf('=');
            boolean hasName = equals > 0 && !word.substring(0, equals).contains("/") && !Files.exists(Path.of(word));
            return hasName
                    ? new Named(Optional.of(word.substring(0, equals).strip()), word.substring(equals + 1))
                    : new Named(Optional.empty(), word);
        }
    }

    /** Checks that there is a head for each {@code --alpha}. */
    void check() {
        WrongUse.when(heads.isEmpty() && !alphas.isEmpty(), "--alpha applies to a head; give one with --head");
        alphas.forEach(word -> WrongUse.checking(() -> AlphaChoice.parse(Named.parse(word).value)));
    }

    /** Returns the heads in their order, each of which belongs to one of the models at least. α may be left open. */
    List<NamedHead> load(List<ClipModel> models) {
        check();
        Map<String, NamedHead> byName = new LinkedHashMap<>();
        for (String word : heads) {
            Named named = Named.parse(word);
            Head head = Head.load(Path.of(named.value));
            if (models.stream().noneMatch(model -> ComparedMethods.fits(head, model))) {
                HeadAccess.requireBackbone(head, models.get(0).checkpoint());
            }
            String name = named.name.orElse(Method.name(head.info()));
            if (name.equals(Method.CLIP.name()) || byName.containsKey(name)) {
                throw new ClapException("Two methods are called " + name
                        + "; give each head its own name, as in --head CLAP=a.safetensors --head Im.Aug=b.safetensors");
            }
            byName.put(
                    name,
                    new NamedHead(
                            name, head, new AlphaChoice(List.of(head.info().alpha()))));
        }
        // Those with a name come last, and so take precedence.
        alphas.stream()
                .map(Named::parse)
                .sorted(Comparator.comparing(alpha -> alpha.name.isPresent()))
                .forEach(alpha -> apply(alpha, byName));
        return List.copyOf(byName.values());
    }

    private static void apply(Named alpha, Map<String, NamedHead> heads) {
        AlphaChoice choice = WrongUse.checking(() -> AlphaChoice.parse(alpha.value));
        if (alpha.name.isPresent() && !heads.containsKey(alpha.name.get())) {
            throw new ClapException("--alpha is given for " + alpha.name.get() + ", but the heads are "
                    + String.join(", ", heads.keySet()));
        }
        heads.replaceAll(
                (name, head) -> alpha.name.isEmpty() || alpha.name.get().equals(name)
                        ? new NamedHead(name, head.head(), choice)
                        : head);
    }
}
