package dev.clap4j.cli;

import dev.clap4j.ClapException;
import dev.clap4j.dataset.EncodedDataset;
import dev.clap4j.experiment.MeasurementKind;
import dev.clap4j.experiment.Method;
import dev.clap4j.experiment.RunDescription;
import dev.clap4j.experiment.measurement.ZeroShot;
import dev.clap4j.feature.FeatureMatrix;
import dev.clap4j.head.Head;
import dev.clap4j.internal.classify.AlphaSelection;
import dev.clap4j.internal.clip.ClipModel;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.head.HeadAccess;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** CLIP, then every head with every α. Owns the compiled heads. */
final class ComparedMethods implements AutoCloseable {
    private final List<HeadsOption.NamedHead> heads;
    private final List<CompiledHead> compiled = new ArrayList<>();

    /** Checks that α is left open only where there are prompts to choose it by. */
    ComparedMethods(List<HeadsOption.NamedHead> heads, MeasurementKind kind) {
        this.heads = heads;
        boolean hasPrompts = kind.measures().contains(ZeroShot.ACCURACY);
        if (!hasPrompts && heads.stream().anyMatch(head -> head.alphas().isAuto())) {
            throw new ClapException("--alpha auto chooses for zero-shot prompts; here it is a number, such as 0.2");
        }
    }

    /** Adds the heads to the record of a run. */
    void describe(RunDescription record) {
        heads.forEach(head -> record.head(head.name(), head.head()));
    }

    /** Returns CLIP and the heads that belong to a model; where α is left open, the images choose it. */
    List<Method> of(ClipModel clip, EncodedDataset images, PrintWriter err) {
        List<Method> methods = new ArrayList<>(List.of(Method.CLIP));
        for (HeadsOption.NamedHead named : heads) {
            if (fits(named.head(), clip)) {
                CompiledHead head = CompiledHead.of(named.head(), clip.engine());
                compiled.add(head);
                List<Float> alphas = named.alphas().isAuto()
                        ? List.of(chosen(named.name(), head, clip, images, err))
                        : named.alphas().values();
                alphas.forEach(alpha -> methods.add(Method.of(named.name(), head::apply, named.head(), alpha)));
            }
        }
        return methods;
    }

    private static float chosen(
            String name, CompiledHead head, ClipModel clip, EncodedDataset images, PrintWriter err) {
        List<FeatureMatrix> prompts = AlphaSelection.prompts(images.dataset().classes(), clip.texts()::encode);
        AlphaSelection selection =
                AlphaSelection.choose(head::apply, prompts, FeatureMatrix.concat(images.images()), AlphaSelection.GRID);
        err.println("clap: " + name + ": " + selection.describe());
        return selection.alpha();
    }

    /** Returns whether a head belongs to a model. */
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
