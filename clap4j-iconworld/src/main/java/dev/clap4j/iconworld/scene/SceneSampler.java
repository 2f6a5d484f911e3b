package dev.clap4j.iconworld.scene;

import dev.clap4j.iconworld.icon.Concept;
import dev.clap4j.iconworld.icon.IconSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Draws scenes from a seed, by number. */
public final class SceneSampler {
    /** The probability of drawing from the everyday concepts only. */
    private static final double EVERYDAY = 0.7;

    /** The number of consecutive samples that share a group of concepts. */
    private static final int GROUP_SPAN = 64;

    /** The number of concepts in a group. */
    private static final int GROUP_SIZE = 16;

    private final List<Concept> concepts;
    private final List<IconSet> sets;
    private final Map<Concept, AttributePrior> habits;
    private final long seed;

    private SceneSampler(
            List<Concept> concepts, List<IconSet> sets, Function<Concept, AttributePrior> habits, long seed) {
        this.concepts = List.copyOf(concepts);
        this.sets = List.copyOf(sets);
        this.habits = concepts.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), habits));
        this.seed = seed;
    }

    /** Creates a sampler for pre-training: every concept with its habitual attributes. */
    public static SceneSampler habitual(List<Concept> concepts, List<IconSet> sets, long seed) {
        return new SceneSampler(concepts, sets, AttributePrior::of, seed);
    }

    /** Creates a sampler for evaluation: all attributes equally often for every concept. */
    public static SceneSampler even(List<Concept> concepts, List<IconSet> sets, long seed) {
        return new SceneSampler(concepts, sets, concept -> AttributePrior.NONE, seed);
    }

    /** Draws a concept and an icon set, with the everyday concepts of the evaluation more often than the others. */
    Scene get(long number, Curriculum curriculum) {
        RandomGenerator random = Seeds.generator(seed, "scene", number);
        int everyday = Math.min(Concept.EVALUATED, concepts.size());
        boolean any = random.nextDouble() >= EVERYDAY;
        int place = random.nextInt(any ? concepts.size() : everyday);
        if (curriculum.isGrouped(number, random)) {
            place = Seeds.generator(seed, "company", group(number, random)).nextInt(everyday);
        }
        Concept concept = concepts.get(place);
        IconSet set = sets.get(random.nextInt(sets.size()));
        Scene.Attributes drawn = habits.get(concept).draw(random);
        return scene(concept, set, curriculum.isEasyPicture(number, random) ? Curriculum.easy(drawn) : drawn, random);
    }

    /** Draws one of the few concepts shared by a group of consecutive samples. */
    private static long group(long number, RandomGenerator random) {
        return number / GROUP_SPAN * GROUP_SIZE + random.nextInt(GROUP_SIZE);
    }

    /** Draws a scene of the given concept and icon set. */
    public Scene get(Concept concept, IconSet set, long number) {
        RandomGenerator random = Seeds.generator(seed, "scene of " + concept.name() + " in " + set.id(), number);
        return scene(concept, set, habits.get(concept).draw(random), random);
    }

    /** Draws a scene of the given concept, icon set and image type. */
    public Scene get(Concept concept, IconSet set, ImageType type, long number) {
        RandomGenerator random = Seeds.generator(seed, "scene of " + concept.name() + " in " + set.id(), number);
        Scene.Attributes drawn = habits.get(concept).draw(random);
        return scene(concept, set, new Scene.Attributes(type, drawn.artStyle(), drawn.size(), drawn.colour()), random);
    }

    /** Draws a scene with the given attributes. */
    public Scene get(Concept concept, IconSet set, Scene.Attributes attributes, long number) {
        RandomGenerator random = Seeds.generator(seed, "scene of " + concept.name() + " in " + set.id(), number);
        return scene(concept, set, attributes, random);
    }

    private static Scene scene(Concept concept, IconSet set, Scene.Attributes attributes, RandomGenerator random) {
        double scale = attributes.size().scale(random.nextDouble());
        double room = Math.max(0.02, (1 - scale) / 3);
        Scene.Pose pose = new Scene.Pose(
                scale,
                room * (2 * random.nextDouble() - 1),
                room * (2 * random.nextDouble() - 1),
                0.12 * (2 * random.nextDouble() - 1),
                random.nextBoolean());
        return new Scene(concept, set, attributes, pose, random.nextLong());
    }
}
