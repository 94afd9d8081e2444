// The names of operations' attributes. tfjs-node's binding keeps those that it has met in one set for the whole process, which
// it looks up without a lock: safe in several threads as long as none adds a name. So all are met before a thread starts.

/** All that tfjs-node 4.22.0 passes, and those of operations that are called here. */
export const attributeNames = `
  DstT Index N SrcT T TI T_threshold Taxis Tblock_shape Tcomplex Tcrops Tidx Tindices Tlen Tmultiples
  Tnumsegments Tout Tpaddings Tparams Tperm Truncate Tseed Tshape U acceptable_fraction adj_x adj_y align_corners
  alpha axis batch_dims begin_mask beta bias block_size channels chroma_downsampling compression container
  data_format dct_method density_unit depth_radius dilations dtype ellipsis_mask end_mask epsilon equation
  exclusive explicit_paddings extrapolation_value fancy_upscaling fill_mode format half_pixel_centers index_type
  interpolation is_training keep_dims ksize method mode new_axis_mask num num_split optimize_size out_idx
  output_dtype output_type pad_to_max_output_size padding pattern progressive quality rates ratio replace_global
  reverse rewrite seed seed2 shared_name shrink_axis_mask sorted strides try_recover_truncated type
  use_cudnn_on_gpu validate_indices x_density xmp_metadata y_density`
  .trim()
  .split(/\s+/);
