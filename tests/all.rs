//! The one integration-test binary: a story per stage, the whole chain, documents, hostile input, and the shape of the house.

mod answers;
mod cli;
mod comparison;
mod cubes;
mod documents;
mod figures;
mod flow;
mod hostile;
mod import;
mod layouts;
mod mutated;
mod outside;
mod persons;
mod perspectives;
mod publishers;
mod purge;
mod recipes;
mod reimport;
mod shape;
mod shifted;
mod silence;
mod suites;
mod templates;
mod typed;
mod workbooks;
