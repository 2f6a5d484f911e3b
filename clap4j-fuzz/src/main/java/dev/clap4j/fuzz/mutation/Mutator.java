package dev.clap4j.fuzz.mutation;

import java.util.List;

/** Creates inputs by mutating valid ones. */
public final class Mutator {
    private final String name;
    private final List<Input> seeds;
    private final long seed;

    /**
     * Creates a mutator; the same arguments give the same inputs.
     *
     * @param name the name of the target, so that targets get different mutations
     * @param seeds valid inputs, at least one
     * @param seed the seed of the mutations
     */
    public Mutator(String name, List<Input> seeds, long seed) {
        this.name = name;
        this.seeds = List.copyOf(seeds);
        this.seed = seed;
    }

    /** Returns the input of one execution: first the valid ones, then an endless stream of mutated ones. */
    public Input input(long execution) {
        if (execution < seeds.size()) {
            return seeds.get((int) execution);
        }
        Chance chance = Chance.of(seed, name, execution);
        Input input = chance.pick(seeds);
        for (int times = chance.count(6); times > 0; times--) {
            Input changed = change(input, chance);
            input = changed.size() > Mutation.MAX_BYTES ? input : changed;
        }
        return input;
    }

    private Input change(Input input, Chance chance) {
        if (input.names().isEmpty()) {
            return input;
        }
        String file = chance.pick(input.names());
        byte[] content = input.get(file);
        if (input.names().size() > 1 && chance.oneIn(30)) {
            return rearrange(input, file, chance);
        }
        if (chance.oneIn(30)) {
            byte[] other = chance.pick(seeds).files().getOrDefault(file, content);
            return input.with(file, Bytes.splice(content, other, chance));
        }
        Mutation mutation = chance.below(10) < 7 ? Mutations.of(file) : Mutations.BYTES;
        return input.with(file, mutation.apply(content, chance));
    }

    private static Input rearrange(Input input, String file, Chance chance) {
        return switch (chance.below(3)) {
            case 0 -> input.without(file);
            case 1 -> input.with(file, new byte[0]);
            default -> input.with(file, input.get(chance.pick(input.names())));
        };
    }
}
