//! What the readers of XML formats share: events with their places, entities, bounds.
