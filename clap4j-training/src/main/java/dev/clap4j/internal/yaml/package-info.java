/** YAML files of users. */
package dev.clap4j.internal.yaml;
