package dev.clap4j.evaluation.attack;

import dev.clap4j.evaluation.EvaluatedHead;
import dev.clap4j.evaluation.Method;
import dev.clap4j.head.Head;
import dev.clap4j.internal.attack.Victim;
import dev.clap4j.internal.checkpoint.Checkpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A method that can be attacked.
 *
 * @param method the map of the features
 * @param head the same as a network; null for CLIP
 */
public record AttackMethod(Method method, Head head) {
    /** The model's unmodified features. */
    public static final AttackMethod CLIP = new AttackMethod(Method.CLIP, null);

    /** Returns the image encoder followed by this method. */
    Victim victim(Checkpoint checkpoint) {
        return head == null ? Victim.clip(checkpoint) : Victim.clap(checkpoint, head, method.alpha());
    }

    /** Returns the heads by method name. */
    public static Map<String, EvaluatedHead> heads(List<AttackMethod> methods) {
        Map<String, EvaluatedHead> heads = new LinkedHashMap<>();
        methods.stream()
                .filter(method -> method.head != null)
                .forEach(method -> heads.put(method.name(), EvaluatedHead.of(method.head)));
        return heads;
    }

    /** Returns the name shown in tables. */
    public String name() {
        return method.name();
    }
}
