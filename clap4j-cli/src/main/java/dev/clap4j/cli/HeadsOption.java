package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaChoice;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import dev.clap4j.prompt.PromptLanguage;
import dev.clap4j.training.source.PromptLanguages;
import java.io.PrintWriter;
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
            AlphaChoice own = new AlphaChoice(List.of(head.info().alpha()));
            byName.put(name, new NamedHead(name, head, own));
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

    /** CLIP, then every head with every α. Owns the compiled heads. */
    static final class ComparedMethods implements AutoCloseable {
        private final List<NamedHead> heads;
        private final Optional<PromptLanguage> language;
        private final List<CompiledHead> compiled = new ArrayList<>();

        /**
         * Checks that α is left open only where there are prompts to choose it by.
         *
         * @param language the language of these prompts; empty for that of each head's training prompts
         */
        ComparedMethods(List<NamedHead> heads, MeasurementKind kind, Optional<PromptLanguage> language) {
            this.heads = heads;
            this.language = language;
            boolean hasPrompts = kind.measures().contains(ZeroShot.ACCURACY);
            if (!hasPrompts && heads.stream().anyMatch(head -> head.alphas().isAuto())) {
                throw new ClapException("--alpha auto chooses for zero-shot prompts; here it is a number, such as 0.2");
            }
        }

        void describe(RunDescription record) {
            heads.forEach(head -> record.head(head.name(), head.head()));
        }

        /** Returns CLIP and the heads that belong to a model; where α is left open, the images choose it. */
        List<Method> of(ClipModel clip, EncodedDataset images, PrintWriter err) {
            List<Method> methods = new ArrayList<>(List.of(Method.CLIP));
            for (NamedHead named : heads) {
                if (fits(named.head(), clip)) {
                    CompiledHead head = CompiledHead.of(named.head(), clip.engine());
                    compiled.add(head);
                    List<Float> alphas = named.alphas().isAuto()
                            ? List.of(chosen(named, head, clip, images, err))
                            : named.alphas().values();
                    alphas.forEach(alpha -> methods.add(Method.of(named.name(), head::apply, named.head(), alpha)));
                }
            }
            return methods;
        }

        private float chosen(
                NamedHead named, CompiledHead head, ClipModel clip, EncodedDataset images, PrintWriter err) {
            PromptLanguage spoken =
                    language.or(() -> PromptLanguages.of(named.head().info())).orElse(PromptLanguage.ENGLISH);
            List<FeatureMatrix> prompts =
                    AlphaSelection.prompts(images.dataset().classes(), spoken, clip.texts()::encode);
            AlphaSelection selection = AlphaSelection.choose(
                    head::apply, prompts, FeatureMatrix.concat(images.images()), AlphaSelection.GRID);
            err.println("clap: " + named.name() + ": " + selection.describe());
            return selection.alpha();
        }

        static boolean fits(Head head, ClipModel clip) {
            try {
                HeadAccess.requireBackbone(head, clip.checkpoint());
                return true;
            } catch (ClapException e) {
                return false;
            }
        }

        @Override
        public void close() {
            compiled.forEach(CompiledHead::close);
        }
    }
}
