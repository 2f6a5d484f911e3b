package dev.clap4j.fuzz;

import java.util.List;

/** All that is tried; a class with a constructor without parameters, so that every process can make it. */
public interface TargetList {
    /** The targets, each with a name of its own. */
    List<Target> targets();
}
