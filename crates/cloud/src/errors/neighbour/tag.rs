//! Tags on resources.

errors! {
    /// A tag key is empty, too long or begins with a reserved word. Correct it.
    TagKeyMalformed(N018) = 400, "InvalidTagKey.Malformed", "The specified Tag.n.Key is not valid.",
        "标签键不合法。";

    /// A tag value is too long or holds a web address. Correct it.
    TagValueMalformed(N019) = 400, "InvalidTagValue.Malformed", "The specified Tag.n.Value is not valid.",
        "标签值不合法。";

    /// The same tag key is given twice. Give each key once.
    TagKeyDuplicate(N020) = 400, "Duplicate.TagKey", "The Tag.N.Key contain duplicate key.",
        "标签键重复。";

    /// One call takes at most 20 tags. Send fewer.
    TooManyTags(N021) = 400, "NumberExceed.Tags", "The Tags parameter's number is exceed , Valid : 20",
        "标签数量超过 20 个。";

    /// A resource would carry more tags than it may. Remove some first.
    TooManyTagsOnResource(N022) = 400, "QuotaExceed.TagsPerResource",
        "The maximum number of tags for each resource is exceeded.",
        "单个资源的标签数量超限。";

    /// One call takes at most 50 resources. Send fewer.
    TooManyTaggedResources(N023) = 400, "NumberExceed.ResourceIds",
        "The ResourceIds parameter's number is exceed , Valid : 50",
        "资源数量超过 50 个。";

    /// There are no tags on resources of this type. Check the spelling of ResourceType.
    TagResourceTypeUnknown(N024) = 404, "InvalidResourceType.NotFound",
        "The ResourceType provided does not exist in our records.",
        "资源类型不存在。";

    /// One of the resources to tag does not exist. Check the IDs and the region.
    TagResourceNotFound(N025) = 404, "InvalidResourceId.NotFound",
        "The specified ResourceIds are not found in our records.",
        "指定的资源不存在。";

    /// The call does not say what kind of resource it tags. Add ResourceType.
    TagResourceTypeMissing(N027) = 400, "MissingParameter.ResourceType",
        "The parameter - ResourceType should not be null",
        "缺少资源类型。";

    /// The call does not say which resources it tags. Add ResourceId.1.
    TagResourceIdsMissing(N028) = 400, "MissingParameter.ResourceIds",
        "The parameter - ResourceIds should not be null",
        "缺少资源 ID。";

    /// The call does not say which tags it sets. Add Tag.1.Key.
    TagsMissing(N029) = 400, "MissingParameter.Tags", "The parameter - Tags should not be null",
        "缺少标签。";
}
