package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import java.util.List;
import java.util.random.RandomGenerator;

/** The scenes and captions of a pre-training run, by sample number. */
public final class PretrainingSamples {
    private final SceneSampler scenes;
    private final Curriculum curriculum;
    private final long seed;

    /**
     * Creates the samples of a run.
     *
     * @param samples the length of the run; later samples are like those at its end
     */
    public PretrainingSamples(List<Concept> concepts, List<IconSet> sets, long samples, long seed) {
        this.scenes = SceneSampler.habitual(concepts, sets, seed);
        this.curriculum = new Curriculum(samples);
        this.seed = seed;
    }

    /** Returns the scene of a sample. */
    public Scene scene(long index) {
        return scenes.get(index, curriculum);
    }

    /** Returns the caption of a sample. */
    public String caption(long index) {
        RandomGenerator random = Seeds.generator(seed, "caption", index);
        Scene scene = scene(index);
        return curriculum.isJustNamed(index, random) ? Captions.name(scene, random) : Captions.of(scene, random);
    }
}
