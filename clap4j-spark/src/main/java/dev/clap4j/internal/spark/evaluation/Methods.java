package dev.clap4j.internal.spark.evaluation;

import dev.clap4j.experiment.Condition;
import dev.clap4j.experiment.Method;
import dev.clap4j.internal.head.CompiledHead;
import dev.clap4j.internal.spark.Encoders;
import java.util.ArrayList;
import java.util.List;

/** CLIP, then every head with every α, ready to run. Owns native memory until closed. */
final class Methods implements AutoCloseable {
    private final List<Method> list = new ArrayList<>(List.of(Method.CLIP));
    private final List<CompiledHead> compiled = new ArrayList<>();

    private Methods() {}

    static Methods open(List<HeadPlan> heads, Encoders encoders) {
        Methods methods = new Methods();
        for (HeadPlan plan : heads) {
            CompiledHead head = encoders.compile(plan.head());
            methods.compiled.add(head);
            plan.alphas().forEach(alpha -> methods.list.add(Method.of(plan.name(), head::apply, null, alpha)));
        }
        return methods;
    }

    /** Returns the conditions of the methods' scores. */
    static List<Condition> conditions(List<HeadPlan> heads) {
        List<Condition> conditions = new ArrayList<>(List.of(Method.CLIP.condition()));
        heads.forEach(head -> head.alphas()
                .forEach(alpha ->
                        conditions.add(Method.of(head.name(), null, null, alpha).condition())));
        return conditions;
    }

    List<Method> list() {
        return list;
    }

    @Override
    public void close() {
        compiled.forEach(CompiledHead::close);
    }
}
